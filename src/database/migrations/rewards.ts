/** Rewards for informers, their transfers, the switch, the ledger of money, and what was reconciled. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import {
  boolean,
  createTable,
  day,
  index,
  instant,
  integer,
  json,
  key,
  optional,
  primary,
  text,
  tracked,
  unique,
  varchar,
} from '../columns.js'

export class ExpandRewards1796600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'reward',
      [
        ...tracked(),
        key('tipId'),
        optional(key('standingTipId')),
        varchar('state', 14),
        varchar('level', 10),
        integer('amountFen'),
        text('reason'),
        day('proposedOn'),
        key('proposedByPostId'),
        optional(key('proposedByPersonId')),
        json('approvals'),
        optional(day('approvedOn')),
        optional(day('claimBy')),
        optional(varchar('channel', 10)),
        boolean('isWechatClosed'),
        optional(day('paidOn')),
        optional(instant('paidAt')),
        optional(varchar('trouble', 64)),
        optional(day('bankPaidOn')),
        optional(varchar('bankVoucher', 60)),
        optional(json('bankPaid')),
        optional(json('bankConfirmed')),
        instant('createdAt'),
      ],
      [
        unique('reward_standing', 'standingTipId'),
        index('reward_tip', 'tipId'),
        index('reward_state', 'state', 'id'),
        index('reward_proposed', 'proposedOn'),
        index('reward_claim', 'state', 'claimBy'),
        index('reward_paid', 'paidOn'),
        index('reward_trouble', 'trouble'),
      ],
    )
    await createTable(
      runner,
      'reward_entry',
      [
        primary(key('id')),
        key('rewardId'),
        varchar('verb', 40),
        instant('at'),
        optional(key('postId')),
        optional(text('text')),
      ],
      [index('reward_entry_reward', 'rewardId', 'id')],
    )
    await createTable(runner, 'reward_rules', [
      ...tracked(),
      json('levels'),
      integer('claimDays'),
      varchar('claimUnit', 10),
      integer('dailyTotalFen'),
      integer('dailyCount'),
      integer('perPersonDailyFen'),
      integer('lowBalanceFen'),
      boolean('confirmed'),
      varchar('note', 500),
    ])
    await createTable(
      runner,
      'payout',
      [
        ...tracked(),
        varchar('outBillNo', 32),
        integer('amountFen'),
        varchar('state', 20),
        optional(varchar('transferBillNo', 64)),
        optional(varchar('failReason', 64)),
        optional(instant('sentAt')),
        optional(day('sentOn')),
        optional(instant('cancelAskedAt')),
        optional(instant('finishedAt')),
        optional(day('finishedOn')),
        optional(text('packageSealed')),
        optional(instant('lookedAt')),
        integer('looks'),
        optional(day('flowOutOn')),
        optional(day('flowBackOn')),
      ],
      [
        unique('payout_number', 'outBillNo'),
        index('payout_state', 'state', 'id'),
        index('payout_sent', 'sentOn'),
        index('payout_finished', 'finishedOn'),
      ],
    )
    await createTable(runner, 'payout_control', [
      ...tracked(),
      boolean('isStopped'),
      optional(key('changedByPostId')),
      optional(instant('changedAt')),
      optional(varchar('reason', 200)),
      optional(integer('balanceFen')),
      optional(instant('balanceAt')),
      boolean('isLow'),
    ])
    await createTable(
      runner,
      'pay_notice',
      [primary(varchar('id', 64)), varchar('outBillNo', 32), varchar('state', 20), instant('at')],
      [index('pay_notice_at', 'at')],
    )
    await createTable(
      runner,
      'money_entry',
      [
        ...tracked(),
        key('rewardId'),
        integer('seq'),
        varchar('kind', 10),
        integer('amountFen'),
        optional(varchar('channel', 10)),
        optional(varchar('reference', 64)),
        day('onDay'),
        instant('at'),
      ],
      [
        unique('money_entry_reward', 'rewardId', 'seq'),
        index('money_entry_day', 'onDay', 'id'),
        index('money_entry_kind', 'kind', 'id'),
      ],
    )
    await createTable(
      runner,
      'reconciliation',
      [
        ...tracked(),
        day('onDay'),
        instant('at'),
        integer('bills'),
        integer('oursFen'),
        integer('theirsFen'),
        integer('differences'),
        integer('settled'),
      ],
      [unique('reconciliation_day', 'onDay')],
    )
    await createTable(
      runner,
      'reconciliation_line',
      [
        ...tracked(),
        key('reconciliationId'),
        varchar('lineKey', 80),
        optional(key('rewardId')),
        optional(varchar('reference', 64)),
        varchar('ours', 100),
        varchar('theirs', 100),
        integer('oursFen'),
        integer('theirsFen'),
        optional(text('note')),
        optional(key('settledByPostId')),
        optional(instant('settledAt')),
      ],
      [unique('reconciliation_line_key', 'reconciliationId', 'lineKey')],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
