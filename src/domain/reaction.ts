/** What a press can float up over the picture. A few, chosen by us: whatever is pressed may be shown to everybody. */
export const allReactions = ['👏', '🔥', '😂', '😱'] as const;
export type Reaction = (typeof allReactions)[number];

/** off: nowhere · watch: over the picture, by those who watch it · room: also by the card's buttons, and counted on it. */
export const reactionModes = ['off', 'watch', 'room'] as const;
export type ReactionMode = (typeof reactionModes)[number];

/** How often each. */
export type ReactionCounts = Readonly<Partial<Record<Reaction, number>>>;
