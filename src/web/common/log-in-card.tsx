import { useState } from 'preact/hooks';
import { RemoteMark } from './brand.tsx';
import { texts } from './language.ts';
import { info, logIn, logInFailure, wasLoggedOut } from './session.ts';

export function LogInCard() {
  const t = texts.value;
  const [busy, setBusy] = useState(false);
  const failure = logInFailure.value;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement) || busy) return;
    const token = new FormData(event.currentTarget).get('token');
    setBusy(true);
    await logIn(typeof token === 'string' ? token : '');
    setBusy(false);
  };

  return (
    <main class="log-in">
      <form class="log-in-card" onSubmit={(event) => void submit(event)}>
        <RemoteMark size={64} />
        <h1>{t.logInTitle}</h1>
        {wasLoggedOut.value && (
          <p class="log-in-failure" role="alert">
            {t.wasLoggedOut}
          </p>
        )}
        <p>
          {info.value?.bot && t.logInByBot} {t.logInHint}
        </p>
        <label for="token">{t.token}</label>
        <input
          id="token"
          name="token"
          type="password"
          required
          autocomplete="current-password"
          spellcheck={false}
          aria-invalid={failure === 'wrong'}
          aria-describedby="token-failure"
        />
        <p id="token-failure" class="log-in-failure" role="alert">
          {failure === 'wrong' && t.logInWrong}
          {failure === 'too_many' && t.logInTooMany}
          {failure === 'unreachable' && t.unreachable}
        </p>
        <button type="submit" class="button button-main" disabled={busy}>
          {busy && <span class="spinner" aria-hidden="true" />}
          {t.logIn}
        </button>
        {info.value?.discord_login && <a href="/login/discord">{t.logInDiscord}</a>}
        {info.value?.can_watch && <a href="/watch">{t.justWatch}</a>}
      </form>
    </main>
  );
}
