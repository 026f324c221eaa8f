/**
 * Draws the shipped pictures: src/stream/screen/slate.png, the "nothing on air" programme, the logo that players show beside the
 * channel, and the icons of the installed pages: `node scripts/draw-pictures.ts`.
 */
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.ts';

const remote = `<svg viewBox="0 0 120 120"><rect x="38" y="6" width="44" height="108" rx="14" fill="#f3f1ea"/>
<circle cx="60" cy="24" r="7" fill="#e4572e"/><g fill="#27324a"><circle cx="50" cy="46" r="5"/><circle cx="70" cy="46" r="5"/>
<circle cx="50" cy="62" r="5"/><circle cx="70" cy="62" r="5"/><circle cx="50" cy="78" r="5"/><circle cx="70" cy="78" r="5"/></g></svg>`;
const logo = `<!doctype html><style>body { margin: 0; width: 256px; height: 256px; border-radius: 56px; background: #27324a }</style>${remote}`;
/** Names, widths and corners of the icons. Systems crop a "maskable" icon to any shape, but keep four fifths of it. */
const icons = [
  ['icon-192', 192, 42],
  ['icon-512', 512, 112],
  ['icon-maskable', 512, 0],
] as const;
const icon = (size: number, radius: number) =>
  `<!doctype html><style>body { margin: 0; width: ${size}px; height: ${size}px; border-radius: ${radius}px; background: #27324a;
  display: grid; place-items: center } svg { width: ${radius === 0 ? 64 : 84}% }</style>${remote}`;
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
await tab.screenshot({ path: fileURLToPath(new URL('../src/stream/screen/slate.png', import.meta.url)) });
await tab.setViewportSize({ width: 256, height: 256 });
await tab.setContent(logo);
await tab.screenshot({
  path: fileURLToPath(new URL('../src/web/public/logo.png', import.meta.url)),
  omitBackground: true,
});
for (const [name, size, radius] of icons) {
  await tab.setViewportSize({ width: size, height: size });
  await tab.setContent(icon(size, radius));
  await tab.screenshot({
    path: fileURLToPath(new URL(`../src/web/public/${name}.png`, import.meta.url)),
    omitBackground: true,
  });
}
await browser.close();
