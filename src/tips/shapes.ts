/** What crosses the wire about tips, for several contracts. */
import { z } from 'zod'

/** As the receipt says it. */
export const tipNumber = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^JB\d{8}-[0-9A-Z]{5}$/, '编号像 JB20261126-K7M4Q，请照回执填写')
