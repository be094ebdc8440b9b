/** 转账金额 >= 2,000元时，收款用户姓名必填. */
const REAL_NAME_FROM_FEN = 200_000

export const needsRealName = (amountFen: number): boolean => amountFen >= REAL_NAME_FROM_FEN
