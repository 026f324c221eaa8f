import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const server = `http://127.0.0.1:${process.env.PORT ?? 8002}`;

/** Writes a compressed copy beside each text file, where the server's static file handler looks for one. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const texts = Object.keys(bundle).filter((name) => /\.(?:js|css|html|svg)$/.test(name));
    await Promise.all(
      texts.map(async (name) => {
        const file = `${dir}/${name}`;
        const text = await readFile(file);
        await writeFile(`${file}.br`, await promisify(brotliCompress)(text));
        await writeFile(`${file}.gz`, await promisify(gzip)(text));
      }),
    );
  },
};

/**
 * Converts pixels to rem, so that the whole page grows with its type: by the browser's font size, and in TV mode. Lengths up
 * to 2px stay.
 */
const relativeLengths = {
  postcssPlugin: 'relative-lengths',
  Declaration(declaration: { value: string }) {
    declaration.value = declaration.value.replace(/(?<![\w#-])(\d*\.?\d+)px\b/g, (px, length: string) =>
      Number(length) > 2 ? `${Number(length) / 16}rem` : px,
    );
  },
};

/**
 * Builds five pages without inline scripts and without requests to other origins, so that the server can send a strict
 * Content-Security-Policy. `npm run dev:web` serves them with hot reload in front of a running server.
 */
export default defineConfig({
  root: path('src/web'),
  base: '/',
  publicDir: path('src/web/public'),
  plugins: [preact({ devToolsEnabled: false }), compressed],
  css: { postcss: { plugins: [relativeLengths] } },
  build: {
    outDir: path('dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // data: URIs would need a wider policy
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: path('src/web/index.html'),
        recording: path('src/web/recording.html'),
        setup: path('src/web/setup.html'),
        wall: path('src/web/wall.html'),
        watch: path('src/web/watch.html'),
      },
      output: {
        codeSplitting: {
          groups: [
            { name: 'hls', test: /node_modules[\\/]hls\.js/ },
            { name: 'preact', test: /node_modules[\\/]@?preact/ },
            { name: 'media-chrome', test: /node_modules[\\/]media-chrome/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      [
        '/api',
        '/docs',
        '/health',
        '/internal_stream.m3u8',
        '/live',
        '/login',
        '/reach',
        '/recordings',
        '/restart_stream',
        '/set_active_stream',
        '/stop_stream',
        '/stream_status',
        '/vlc',
        '/s/',
        // sets the cookie; the pages under development are /watch.html and /wall.html
        '^/(watch|wall)(\\?|$)',
      ].map((prefix) => [prefix, server]),
    ),
  },
});
