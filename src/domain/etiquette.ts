/**
 * Who may switch the one shared screen. free: whoever may choose a channel · polite: the same, but where others watch
 * what somebody else has put on, they are asked first · controllers: nobody else.
 */
export const etiquettes = ['free', 'polite', 'controllers'] as const;
export type Etiquette = (typeof etiquettes)[number];
