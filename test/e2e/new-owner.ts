import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { en as commonEn } from '../../src/web/common/texts.en.ts';
import { fr as commonFr } from '../../src/web/common/texts.fr.ts';
import { en as botsEn } from '../../src/web/setup/bot-texts.en.ts';
import { fr as botsFr } from '../../src/web/setup/bot-texts.fr.ts';
import { en } from '../../src/web/setup/texts.en.ts';
import { fr } from '../../src/web/setup/texts.fr.ts';
import type { NewOwnerWorld, OwnChannel } from '../fakes/new-owner-world.ts';

/** How somebody uses the page. */
export type Way = 'mouse' | 'touch' | 'keyboard';

const MOST_TABS = 120;
const screens = {
  mouse: { locale: 'en-GB', viewport: { width: 1280, height: 800 } },
  touch: { locale: 'fr-FR', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  keyboard: { locale: 'en-GB', viewport: { width: 1280, height: 800 } },
} as const;

/** A new owner at a browser, who never reads a manual: what they press and type is counted. */
export class NewOwner {
  readonly page: Page;
  readonly texts: typeof en;
  readonly botTexts: typeof botsEn;
  readonly common: typeof commonEn;
  /** Presses of buttons, links and choices so far; keys on the way to them are not counted. */
  presses = 0;
  /** Every text that was typed or pasted. */
  readonly typed: string[] = [];
  /** Called at each step with its name. */
  onStep: (name: string) => Promise<unknown> = async () => {};
  /** Errors of the page. */
  readonly complaints: string[] = [];
  readonly #way: Way;
  readonly #context: BrowserContext;

  private constructor(way: Way, context: BrowserContext, page: Page) {
    this.#way = way;
    this.#context = context;
    this.page = page;
    const isFrench = screens[way].locale.startsWith('fr');
    this.texts = isFrench ? fr : en;
    this.botTexts = isFrench ? botsFr : botsEn;
    this.common = isFrench ? commonFr : commonEn;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      const { url } = message.location();
      // Channels without a logo are shown by their initials.
      if (message.type() === 'error' && !url.includes('/api/logo/'))
        this.complaints.push(`${message.text()} ${url}`);
    });
  }

  static async sitDown(browser: Browser, way: Way): Promise<NewOwner> {
    const context = await browser.newContext(screens[way]);
    // Pages of Discord and Telegram, where the world acts instead.
    await context.route(/^https:\/\/(?:discord\.com|t\.me)\//, (route) =>
      route.fulfill({ body: 'elsewhere' }),
    );
    return new NewOwner(way, context, await context.newPage());
  }

  leave(): Promise<void> {
    return this.#context.close();
  }

  /** Presses a button, a link or a choice. */
  async press(target: Locator): Promise<void> {
    this.presses += 1;
    if (this.#way === 'mouse') return target.click();
    if (this.#way === 'touch') return target.tap();
    await this.#tabTo(target);
    const isChoice = await target.evaluate((element) => element.matches('input'));
    await this.page.keyboard.press(isChoice ? 'Space' : 'Enter');
  }

  /** Presses a link that opens a page elsewhere. @returns its address */
  async openElsewhere(target: Locator): Promise<string> {
    const [other] = await Promise.all([this.#context.waitForEvent('page'), this.press(target)]);
    await other.waitForURL(/^https:/);
    const address = other.url();
    await other.close();
    return address;
  }

  /** Pastes into a field. */
  async paste(target: Locator, text: string): Promise<void> {
    this.typed.push(text);
    if (this.#way !== 'keyboard') return target.fill(text);
    await this.#tabTo(target);
    await this.page.keyboard.insertText(text);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name });
  }

  /** Fails unless the picture of this channel moves on the page of /watch that is open. */
  async sees({ width }: OwnChannel, page = this.page): Promise<void> {
    const options = { timeout: 30_000 };
    const frames = await page.waitForFunction(
      (wanted) => {
        const video = document.querySelector('video');
        return video?.videoWidth === wanted ? video.getVideoPlaybackQuality().totalVideoFrames + 1 : 0;
      },
      width,
      options,
    );
    await page.waitForFunction(
      (seen) =>
        (document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > seen + 10,
      await frames.jsonValue(),
      options,
    );
  }

  /** Looks at /watch in another tab, as a friend would on another device. */
  async looksAt(channel: OwnChannel): Promise<void> {
    const tab = await this.#context.newPage();
    await tab.goto(new URL('/watch', this.page.url()).href);
    await this.sees(channel, tab);
    await tab.close();
  }

  /** Texts that hold an id: a number that a machine gave, or one of `known`. */
  idsTyped(known: readonly string[]): readonly string[] {
    return this.typed.filter(
      (text) => /^[\s,-]*\d{4,}[\s,\d-]*$/.test(text) || known.some((id) => text.includes(id)),
    );
  }

  /** Presses Tab until an element has the focus. */
  async #tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${String(target)}`);
  }
}

/** Opens the printed link, up to the first step of the set-up. */
export async function openLink(owner: NewOwner, link: string): Promise<void> {
  await owner.page.goto(link);
  await owner.press(owner.page.locator('button'));
  await owner.page.getByRole('heading', { name: owner.texts.headings.channels, level: 1 }).waitFor();
  await owner.onStep('channels');
}

/** Pastes the provider's message and uses the subscription in it. */
export async function useSubscription(owner: NewOwner, { mail }: NewOwnerWorld): Promise<void> {
  const { texts: t, page } = owner;
  await owner.paste(page.getByLabel(t.paste), mail);
  await owner.press(owner.button(t.tryAndUse));
  await page.locator('.setup-good').waitFor({ timeout: 30_000 });
  await owner.onStep('subscription');
}

/** Answers who may watch. */
export async function chooseViewers(owner: NewOwner): Promise<void> {
  const { texts: t, page } = owner;
  await owner.press(owner.link(t.next));
  await owner.press(owner.button(t.save));
  await page.getByText(t.watchSaved, { exact: true }).waitFor();
  await owner.onStep('viewers');
}

/** Puts a channel on air with the remote of /watch, and looks at it there. */
export async function putOnAir(owner: NewOwner, channel: OwnChannel): Promise<void> {
  const { texts: t, common, page } = owner;
  await goTo(owner, 'done');
  await owner.onStep('done');
  await owner.press(page.getByRole('link', { name: t.watchNow, exact: true }));
  await owner.press(owner.button(common.remote));
  await owner.press(page.locator('.remote-channel').filter({ hasText: channel.name }));
  await owner.sees(channel);
  await owner.onStep('watch');
}

/** Goes back from /watch to the set-up. */
export async function goBack(owner: NewOwner): Promise<void> {
  owner.presses += 1;
  await owner.page.goBack();
  await owner.page.locator('.setup h1').waitFor();
}

/** From a token to a bot that people with a role may use. @returns once somebody has changed the channel */
export async function setUpDiscord(
  owner: NewOwner,
  world: NewOwnerWorld,
  channel: OwnChannel,
): Promise<void> {
  const { botTexts: t, page } = owner;
  await goTo(owner, 'discord');
  await owner.onStep('discord');
  await owner.paste(page.getByLabel(t.token, { exact: true }), world.discordToken);
  await owner.press(owner.button(t.saveToken));
  await page.getByText(t.discord.waiting).waitFor({ timeout: 30_000 });
  await owner.onStep('discord-invite');
  await owner.openElsewhere(owner.link(t.discord.invite));
  world.invite();
  const { title } = t.discord.lists.viewer;
  await owner.press(page.getByRole('group', { name: title }).getByRole('checkbox', { name: world.role }));
  await page.getByText(t.saved, { exact: true }).waitFor();
  await isReady(owner, 'discord');
  await owner.onStep('discord-roles');
  await world.playInDiscord(channel);
}

/** From BotFather's message to a bot that a group may use. @returns once somebody has changed the channel */
export async function setUpTelegram(
  owner: NewOwner,
  world: NewOwnerWorld,
  channel: OwnChannel,
): Promise<void> {
  const { botTexts: t, page } = owner;
  await goTo(owner, 'telegram');
  await owner.onStep('telegram');
  await owner.paste(page.getByLabel(t.telegram.token), world.botFather);
  await owner.press(owner.button(t.saveToken));
  await page.getByText(t.telegram.waiting).waitFor({ timeout: 30_000 });
  await owner.onStep('telegram-start');
  const link = await owner.openElsewhere(owner.link(t.telegram.open(world.telegramName)));
  await world.pressStart(link);
  await page.getByText(t.telegram.isAdmin).waitFor({ timeout: 30_000 });
  await owner.openElsewhere(owner.link(t.telegram.addToGroup));
  world.addToGroup();
  await owner.press(owner.button(t.telegram.allowGroup(world.group)));
  await page.getByText(t.telegram.allowed, { exact: true }).waitFor();
  await isReady(owner, 'telegram');
  await owner.onStep('telegram-group');
  await world.playInTelegram(channel);
}

/** Waits until the page says that the bot works. */
async function isReady({ page }: NewOwner, bot: 'discord' | 'telegram'): Promise<void> {
  await page.locator(`nav a[href="#${bot}"] .step-done`).waitFor();
}

async function goTo(owner: NewOwner, step: 'done' | 'discord' | 'telegram'): Promise<void> {
  const { texts: t, page } = owner;
  await owner.press(page.locator(`nav a[href="#${step}"]`));
  await page.getByRole('heading', { name: t.headings[step], level: 1, exact: true }).waitFor();
}
