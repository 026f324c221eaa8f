import { api } from '../common/api.ts';
import type { Token } from '../common/contract/people.ts';
import { texts } from '../common/language.ts';
import { applyChange } from './apply-change.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { fromNow } from './from-now.ts';
import { personName } from './person-name.ts';
import { TokenForm } from './token-form.tsx';
import { usePolled } from './use-polled.ts';

/** The API tokens, with a form for a new one. */
export function TokenList() {
  const t = texts.value;
  const { value: tokens, again } = usePolled(api.tokens);
  if (tokens === null) return null;
  return (
    <section class="part" aria-labelledby="tokens-title">
      <header class="part-head">
        <h2 id="tokens-title">{t.tokens}</h2>
        <p>{tokens.length === 0 ? t.noTokens : t.tokensHint}</p>
      </header>
      <ul class="title-hits">
        {tokens.map((token) => (
          <Row key={token.id} token={token} again={again} />
        ))}
      </ul>
      <TokenForm onMade={again} />
    </section>
  );
}

interface RowProps {
  readonly token: Token;
  readonly again: () => Promise<void>;
}

function Row({ token: { id, name, ...token }, again }: RowProps) {
  const t = texts.value;
  const facts = [
    t.roles[token.role],
    t.madeBy(personName(token.created_by), fromNow(token.created_at)),
    token.last_used_at === null ? t.neverUsed : t.lastUsed(fromNow(token.last_used_at)),
  ];
  return (
    <li>
      <span class="title-hit">
        <strong>{name}</strong>
        <span>{facts.join(' · ')}</span>
      </span>
      <ConfirmButton
        label={t.revoke}
        name={t.revokeToken(name)}
        question={t.revokeSure(name)}
        onConfirm={() => void applyChange(api.revokeToken(id), t.tokenRevoked(name), again)}
      />
    </li>
  );
}
