/**
 * Who may switch the shared screen. free: everybody who may choose a channel · polite: the same people, but if other viewers
 * watch a channel that somebody else chose, they are asked first · controllers: controllers only.
 */
export const etiquettes = ['free', 'polite', 'controllers'] as const;
export type Etiquette = (typeof etiquettes)[number];
