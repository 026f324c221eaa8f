import { escapeHtml } from './escape-html.ts';

/** What chat apps and social networks show where somebody pastes the watch page's address. */
export interface LinkPreview {
  readonly language: string;
  readonly title: string;
  /** May be empty. */
  readonly description: string;
  /** Whole addresses: whoever shows the preview is elsewhere. */
  readonly url: string;
  readonly image: string;
  /** An MP4 file. */
  readonly video?: string;
}

/** The page with the tags of the Open Graph protocol (ogp.me) in its head. The texts may hold anything. */
export function withPreview(page: string, preview: LinkPreview): string {
  const { language, title, description, url, image, video = '' } = preview;
  const tags: readonly (readonly [string, string])[] = [
    ['og:site_name', 'Zapette'],
    ['og:type', 'video.other'],
    ['og:title', title],
    ['og:description', description],
    ['og:url', url],
    ['og:image', image],
    ['og:image:alt', title],
    ['og:video', video],
    ['og:video:type', video && 'video/mp4'],
    ['og:locale', language === 'fr' ? 'fr_FR' : 'en_GB'],
  ];
  const html = tags
    .filter(([, content]) => content !== '')
    .map(([property, content]) => `<meta property="${property}" content="${escapeHtml(content)}">`)
    .join('\n    ');
  return page.replace(
    '</title>',
    () => `</title>\n    ${html}\n    <meta name="twitter:card" content="summary">`,
  );
}
