import type { Phrases } from './phrases.ts';

export const en: Phrases = {
  does: {
    play: 'Put a channel on the shared screen',
    stop: 'Take the shared screen off the air',
    status: 'What is on',
    search: 'Look for a channel',
    watch: 'Where to watch',
    lang: 'In which language I answer you',
    help: 'What I can do',
  },
  options: {
    channel: 'Its name or number, in any spelling',
    query: 'A name, in any spelling',
    language: 'fr or en',
  },
  onAir: 'on air',
  nothingOn: 'Nothing is on. /play and a name puts a channel on.',
  askedBy: (name) => `asked for by ${name}`,
  viewers: (count) => (count === 1 ? '1 viewer' : `${count} viewers`),
  now: 'Now',
  next: 'Next',
  opening: (name) => `Opening ${name} …`,
  reconnecting: (attempt, of) => `reconnecting ${attempt}/${of}`,
  whichOne: (query) => `Which one is “${query}”?`,
  found: (query) => `Found for “${query}”:`,
  watchHere: 'Watch here:',
  languageIs: 'I answer you in English from now on.',
  help: 'This is what I can do:',
  buttons: { stop: '■ Stop', watch: '▶ Watch' },
};
