import { texts } from '../common/language.ts';
import { BundleSection } from './bundle-section.tsx';
import { CheckUp } from './check-up.tsx';
import { FigurePlots } from './figure-plots.tsx';
import { LogTail } from './log-tail.tsx';
import { SettingList } from './setting-list.tsx';

/** The server, for admins: the way to the set-up page, plots, diagnostics, log, settings, and all of it as a file. */
export function ServerView() {
  const t = texts.value;
  return (
    <div class="server">
      <p class="server-set-up">
        <a class="button button-main" href="/setup">
          {t.setUp}
        </a>
        {t.setUpHint}
      </p>
      <CheckUp />
      <LogTail />
      <FigurePlots />
      <BundleSection />
      <SettingList />
    </div>
  );
}
