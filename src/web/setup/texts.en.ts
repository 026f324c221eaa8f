/** All texts of the set-up page in English; the type makes sure that the French ones have the same keys. */
export const en = {
  title: 'Set-up',
  adminsOnly: 'Only admins may set up this server. Ask an admin to make you one, or log in as one.',
  openConsole: 'Open the console',
  stepsLabel: 'Steps of the set-up',
  isDone: '(done)',
  back: 'Back',
  next: 'Next',
  skip: 'Skip',
  steps: {
    channels: 'Channels',
    watch: 'Who may watch',
    discord: 'Discord',
    telegram: 'Telegram',
    done: 'Done',
    settings: 'All settings',
  },
  headings: {
    channels: 'Your channels',
    watch: 'Who may watch, and where?',
    discord: 'Discord',
    telegram: 'Telegram',
    done: 'Ready to watch',
    settings: 'All settings',
  },
};

export type SetupTexts = typeof en;
