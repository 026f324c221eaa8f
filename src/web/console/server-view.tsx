import { CheckUp } from './check-up.tsx';
import { LogTail } from './log-tail.tsx';
import { SettingList } from './setting-list.tsx';

/** The server, for admins: diagnostics, log and settings. */
export function ServerView() {
  return (
    <div class="server">
      <CheckUp />
      <LogTail />
      <SettingList />
    </div>
  );
}
