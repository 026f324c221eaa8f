import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { catalogueChange, online } from '../common/events.ts';
import { texts } from '../common/language.ts';
import { LogInCard } from '../common/log-in-card.tsx';
import { NumberDisplay } from '../common/number-display.tsx';
import { QuestionDialog } from '../common/question-dialog.tsx';
import { screenHere } from '../common/screens.ts';
import { info, loadInfo } from '../common/session.ts';
import { Toasts } from '../common/toasts.tsx';
import { Waiting } from '../common/waiting.tsx';
import { AccessView } from './access-view.tsx';
import { AccountBanner } from './account-banner.tsx';
import { Addresses } from './addresses.tsx';
import { isCardOpen } from './card-fold.ts';
import { catalogue } from './catalogue.ts';
import { CategoryColumn } from './category-column.tsx';
import { CategoryDrawer } from './category-drawer.tsx';
import { ChannelList, InsteadOfRows } from './channel-list.tsx';
import { ChoiceDialog } from './choice-dialog.tsx';
import { loadChoices } from './choices.ts';
import { DemoBanner } from './demo-banner.tsx';
import { favourites } from './favourites.ts';
import { titles } from './find-titles.ts';
import { GuideDays } from './guide-days.tsx';
import { GuideGrid } from './guide-grid.tsx';
import { GuideMatchDialog } from './guide-match.tsx';
import { HistoryView } from './history-view.tsx';
import { LinksView } from './links-view.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { OnAirCard } from './on-air-card.tsx';
import { ProgrammeDialog } from './programme-dialog.tsx';
import { RecordingDialog } from './recording-dialog.tsx';
import { followRecordings, loadRecordings } from './recordings.ts';
import { RecordingsView } from './recordings-view.tsx';
import { ScreenBar } from './screen-bar.tsx';
import { ScreenDialog } from './screen-dialog.tsx';
import { SearchBox } from './search-box.tsx';
import { searchesTitles } from './search-scope.ts';
import { SeriesDialog } from './series-dialog.tsx';
import { ServerView } from './server-view.tsx';
import { SkipLink } from './skip-link.tsx';
import { TitleHits } from './title-hits.tsx';
import { TopBar } from './top-bar.tsx';
import { view } from './view.ts';
import { WaysOutDialog } from './ways-out-dialog.tsx';
import { useWide } from './wide.ts';

/** The whole console: a log-in card without a session, else the views of the session's role. */
export function ConsolePage() {
  const known = info.value;
  return (
    <>
      <OfflineBanner />
      {known === null ? <Waiting /> : known.role !== null ? <Remote /> : <LogInCard />}
      <ScreenDialog />
      <RecordingDialog />
      <SeriesDialog />
      <ProgrammeDialog />
      <WaysOutDialog />
      <Toasts />
      <QuestionDialog />
      <NumberDisplay />
    </>
  );
}

function Remote() {
  useEffect(followServer, []);
  return (
    <>
      <SkipLink />
      <TopBar />
      <main id="main" class={`page ${isCardOpen.value ? 'page-card-open' : ''}`}>
        <AccountBanner />
        <DemoBanner />
        <ScreenBar />
        <OnAirCard />
        <Part />
      </main>
    </>
  );
}

function Part() {
  switch (view.value) {
    case 'recordings':
      return <RecordingsView />;
    case 'history':
      return <HistoryView />;
    case 'links':
      return <LinksView />;
    case 'access':
      return <AccessView />;
    case 'server':
      return <ServerView />;
    default:
      return <Finder />;
  }
}

/** The channel list or the guide, with search and categories. */
function Finder() {
  const isWide = useWide();
  return (
    <div class={`columns columns-${view.value}`}>
      <CategoryColumn />
      <section class="channels" aria-label={texts.value.allChannels}>
        <div class="finder">
          <SearchBox />
          <CategoryDrawer />
        </div>
        {view.value === 'guide' ? <GuideView /> : <ChannelList />}
      </section>
      {view.value === 'channels' && isWide && <Addresses />}
      <GuideMatchDialog />
      <ChoiceDialog />
    </div>
  );
}

function GuideView() {
  return (
    <>
      {!searchesTitles.value || titles.text.value.trim() === '' ? (
        <>
          <GuideDays />
          {catalogue.total.value > 0 && <GuideGrid />}
          <InsteadOfRows />
        </>
      ) : (
        <TitleHits />
      )}
    </>
  );
}

/** Loads the channel list, and again after a refresh on the server or a reconnection. */
function followServer(): () => void {
  let away = false;
  catalogue.reload();
  const stopOnline = effect(() => {
    if (online.value === false) away = true;
    if (online.value !== true || !away) return;
    away = false;
    catalogue.reload();
    void loadRecordings();
    void loadInfo();
  });
  let known = catalogueChange.peek();
  const stopCatalogue = effect(() => {
    if (catalogueChange.value === known) return;
    known = catalogueChange.value;
    catalogue.reload();
  });
  const stopScreen = effect(() => {
    void screenHere.value;
    // each screen has recent channels of its own
    if (catalogue.shelf.peek() === 'recents') catalogue.setShelf('recents');
  });
  const stopFavourites = effect(() => catalogue.follow(favourites.value));
  const stopRecordings = followRecordings();
  const stopChoices = effect(() => {
    // Somebody else may have changed the list.
    void catalogueChange.value;
    void loadChoices();
  });
  return () => {
    stopChoices();
    stopRecordings();
    stopFavourites();
    stopScreen();
    stopOnline();
    stopCatalogue();
  };
}
