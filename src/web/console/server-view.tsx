import { CheckUp } from './check-up.tsx';
import { LogTail } from './log-tail.tsx';
import { SettingList } from './setting-list.tsx';

/** How the server is, for admins: what works, what it says, and how it is set up. */
export function ServerView() {
  return (
    <div class="server">
      <CheckUp />
      <LogTail />
      <SettingList />
    </div>
  );
}
