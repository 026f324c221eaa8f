import { useEffect, useRef } from 'preact/hooks';
import { RemoteMark } from '../common/brand.tsx';
import { LogInCard } from '../common/log-in-card.tsx';
import { info } from '../common/session.ts';
import { Toasts } from '../common/toasts.tsx';
import { Waiting } from '../common/waiting.tsx';
import { ChannelsStep } from './channels-step.tsx';
import { ConfirmDialog } from './confirm.tsx';
import { DiscordStep } from './discord-step.tsx';
import { DoneStep } from './done-step.tsx';
import { SettingsView } from './settings-view.tsx';
import { isFirstSetup, setup } from './setup-state.ts';
import { StepFoot } from './step-foot.tsx';
import { StepNav } from './step-nav.tsx';
import { step } from './steps.ts';
import { TelegramStep } from './telegram-step.tsx';
import { setupTexts } from './texts.ts';
import { WatchStep } from './watch-step.tsx';

/** The whole set-up page: a log-in card without a session, else the current step. */
export function SetupPage() {
  return (
    <>
      <Shown />
      <Toasts />
      <ConfirmDialog />
    </>
  );
}

function Shown() {
  const known = info.value;
  if (known !== null && known.role === null) return <LogInCard />;
  if (known !== null && known.role !== 'admin') return <AdminsOnly />;
  if (known === null || setup.value === null) return <Waiting />;
  return (
    <>
      <Head />
      <main class="setup" id="main">
        <CurrentStep />
      </main>
      <StepFoot />
    </>
  );
}

function AdminsOnly() {
  const t = setupTexts.value;
  return (
    <main class="setup">
      <h1>{t.title}</h1>
      <p>{t.adminsOnly}</p>
      <p>
        <a class="button button-plain" href="/">
          {t.openConsole}
        </a>
      </p>
    </main>
  );
}

function Head() {
  const t = setupTexts.value;
  return (
    <header class="setup-head">
      <div class="setup-title">
        <a class="brand" href={isFirstSetup.value ? '#channels' : '/'}>
          <RemoteMark />
          <span>Zapette</span>
        </a>
        {!isFirstSetup.value && (
          <a class="button button-plain" href="/">
            {t.openConsole}
          </a>
        )}
      </div>
      <StepNav />
    </header>
  );
}

/** The current step below its heading, which takes the focus when the step changes. */
function CurrentStep() {
  const t = setupTexts.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const former = useRef(step.value);
  useEffect(() => {
    if (former.current === step.value) return;
    former.current = step.value;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [step.value]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t.headings[step.value]}
      </h1>
      <Content />
    </>
  );
}

function Content() {
  switch (step.value) {
    case 'channels':
      return <ChannelsStep />;
    case 'watch':
      return <WatchStep />;
    case 'discord':
      return <DiscordStep />;
    case 'telegram':
      return <TelegramStep />;
    case 'done':
      return <DoneStep />;
    case 'settings':
      return <SettingsView />;
  }
}
