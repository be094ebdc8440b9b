// A transfer as WeChat Pay tells of it, in answers and in notices.
import { z } from 'zod'

/** 单据状态, as WeChat spells them. SUCCESS, FAIL and CANCELLED are final. */
export const BILL_STATES = [
  'ACCEPTED',
  'PROCESSING',
  'WAIT_USER_CONFIRM',
  'TRANSFERING',
  'SUCCESS',
  'FAIL',
  'CANCELING',
  'CANCELLED',
] as const
export type BillState = (typeof BILL_STATES)[number]

export const isFinal = (state: BillState): boolean => ['SUCCESS', 'FAIL', 'CANCELLED'].includes(state)

export interface Bill {
  outBillNo: string
  transferBillNo: string
  state: BillState
  amountFen: number
  failReason: string | null
  /** What the phone opens the confirmation with. Only `create` gives it; asked again with the same order, it does so again. */
  packageInfo: string | null
  updatedAt: Date | null
}

export const OUT_BILL_NO = /^[0-9A-Za-z]{1,32}$/

const instant = z
  .string()
  .transform((text) => new Date(text))
  .refine((at) => !Number.isNaN(at.getTime()))
/** 失败原因 are codes; anything else WeChat may write there is not kept, as it could name somebody. */
const failReason = z
  .string()
  .nullish()
  .transform((text) => (text ? (/^[A-Z][A-Z0-9_]{0,63}$/.test(text) ? text : 'OTHER_FAIL_REASON_TYPE') : null))

const common = {
  out_bill_no: z.string().regex(OUT_BILL_NO),
  transfer_bill_no: z.string().min(1).max(64),
  state: z.enum(BILL_STATES),
  fail_reason: failReason,
}

export const CreatedBill = z.object({
  ...common,
  create_time: instant.nullish(),
  package_info: z.string().max(4096).nullish(),
})

export const CancelledBill = z.object({ out_bill_no: common.out_bill_no, state: common.state })

export const ToldBill = z.object({
  ...common,
  mch_id: z.string(),
  transfer_amount: z.int().positive(),
  create_time: instant.nullish(),
  update_time: instant.nullish(),
})

export function toldBill(told: z.output<typeof ToldBill>): Bill {
  return {
    outBillNo: told.out_bill_no,
    transferBillNo: told.transfer_bill_no,
    state: told.state,
    amountFen: told.transfer_amount,
    failReason: told.fail_reason,
    packageInfo: null,
    updatedAt: told.update_time ?? told.create_time ?? null,
  }
}
