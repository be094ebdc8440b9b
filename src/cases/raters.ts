/** 不得强迫或者干扰评价: who has yet to rate is for the rater's own list only, whatever posts the reader holds. */
import type { Input } from '../contract.js'
import type { Grant } from '../people/actor.js'

export const forRating = (grants: readonly Grant[], { rated }: Pick<Input<'case.list'>, 'rated'>): Grant[] =>
  grants.filter(({ postId }) => rated !== false || postId === null)
