/** The emoji that viewers can send over the picture. The list is fixed because everybody sees each of them. */
export const allReactions = ['👏', '🔥', '😂', '😱'] as const;
export type Reaction = (typeof allReactions)[number];

/** off: no reactions · watch: sent from the watch page, shown over the picture · room: also sent with the card's buttons and counted on the card. */
export const reactionModes = ['off', 'watch', 'room'] as const;
export type ReactionMode = (typeof reactionModes)[number];

/** The number of presses of each reaction. */
export type ReactionCounts = Readonly<Partial<Record<Reaction, number>>>;
