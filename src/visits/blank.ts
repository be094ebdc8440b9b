/** A visit, and a firm's part in it, of which nothing is known yet. */

export const blank = {
  plannedOn: null,
  plannedTime: null,
  plannedByPostId: null,
  note: null,
  cancelReason: null,
  startedAt: null,
  endedAt: null,
  place: null,
  isPlaceOdd: false,
  hostsSealed: null,
  photosAgreed: null,
  summary: null,
  recordedByPostId: null,
  recordedAt: null,
  bodyHash: null,
}

export const unanswered = {
  answeredAt: null,
  answeredBy: null,
  declinedHow: null,
  reason: null,
  confirmedAt: null,
  confirmedBy: null,
  signatureFileId: null,
  satisfaction: null,
  remark: null,
}
