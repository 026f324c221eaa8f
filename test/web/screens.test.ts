import { beforeEach, describe, expect, it } from 'vitest';
import type { Screen } from '../../src/web/common/contract/screens.ts';
import {
  about,
  isScreenGone,
  nameOfScreen,
  naming,
  otherScreens,
  screenHere,
  screenName,
  screens,
} from '../../src/web/common/screens.ts';

const live: Screen = {
  id: 'live',
  number: 1,
  name: 'Zapette',
  control: 'viewer',
  watch: null,
  may_control: true,
  channel_id: null,
  channel_label: null,
  state: 'idle',
  viewers: 0,
};
const sport: Screen = { ...live, id: 'sport', number: 2, name: 'Sport' };

beforeEach(() => {
  screenHere.value = 'live';
  screens.value = null;
});

describe('the screen of a page', () => {
  it('is named in requests unless it is the default one', () => {
    expect([naming(), about('/api/events')]).toEqual([{}, '/api/events']);
    screenHere.value = 'sport';
    expect([naming(), about('/api/events')]).toEqual([{ screen: 'sport' }, '/api/events?screen=sport']);
    expect(naming('live')).toEqual({});
  });

  it('is not gone before the list is known, and is once the list lacks it', () => {
    screenHere.value = 'sport';
    expect(isScreenGone.value).toBe(false);
    screens.value = [live, sport];
    expect(isScreenGone.value).toBe(false);
    screens.value = [live];
    expect(isScreenGone.value).toBe(true);
    expect(otherScreens.value).toEqual([live]);
  });

  it('has a name only where there is another one', () => {
    screens.value = [live];
    expect(screenName.value).toBeNull();
    screens.value = [live, sport];
    expect(screenName.value).toBe('Zapette');
    expect([nameOfScreen('sport'), nameOfScreen('gone')]).toEqual(['Sport', null]);
  });
});
