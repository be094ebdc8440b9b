/** The states of an asked-for bind: pending until the officer confirms or refuses, with a reason. */
export const bindStates = ['pending', 'confirmed', 'refused'] as const
export type BindState = (typeof bindStates)[number]
