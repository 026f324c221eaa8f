import { BundleSection } from './bundle-section.tsx';
import { CheckUp } from './check-up.tsx';
import { LogTail } from './log-tail.tsx';
import { SettingList } from './setting-list.tsx';

/** The server, for admins: diagnostics, log, settings, and all of it as a file. */
export function ServerView() {
  return (
    <div class="server">
      <CheckUp />
      <LogTail />
      <BundleSection />
      <SettingList />
    </div>
  );
}
