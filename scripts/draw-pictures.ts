/**
 * Draws the pictures that the project ships: src/stream/slate.png, the "nothing on air" programme, and the logo that
 * players show beside the channel: `node scripts/draw-pictures.ts`.
 */
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.ts';

const remote = `<svg viewBox="0 0 120 120"><rect x="38" y="6" width="44" height="108" rx="14" fill="#f3f1ea"/>
<circle cx="60" cy="24" r="7" fill="#e4572e"/><g fill="#27324a"><circle cx="50" cy="46" r="5"/><circle cx="70" cy="46" r="5"/>
<circle cx="50" cy="62" r="5"/><circle cx="70" cy="62" r="5"/><circle cx="50" cy="78" r="5"/><circle cx="70" cy="78" r="5"/></g></svg>`;
const logo = `<!doctype html><style>body { margin: 0; width: 256px; height: 256px; border-radius: 56px; background: #27324a }</style>${remote}`;
const page = `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; width: 1280px; height: 720px; display: grid; place-content: center; text-align: center;
    background: radial-gradient(circle at 50% 42%, #27324a, #10131a 70%); color: #f3f1ea; font-family: "DejaVu Sans", sans-serif; }
  svg { width: 200px; margin: 0 auto 28px; }
  h1 { font-size: 58px; margin: 0 0 18px; letter-spacing: -1px; }
  p { font-size: 28px; margin: 6px 0; color: #b9c1d1; }
</style>
${remote}
<h1>Zapette</h1><p>Rien à l’antenne pour le moment</p><p>Nothing on air right now</p>`;

const browser = await launchBrowser();
const tab = await browser.newPage({ viewport: { width: 1280, height: 720 } });
await tab.setContent(page);
await tab.screenshot({ path: fileURLToPath(new URL('../src/stream/slate.png', import.meta.url)) });
await tab.setViewportSize({ width: 256, height: 256 });
await tab.setContent(logo);
await tab.screenshot({
  path: fileURLToPath(new URL('../src/web/public/logo.png', import.meta.url)),
  omitBackground: true,
});
await browser.close();
