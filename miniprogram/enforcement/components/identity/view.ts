// Who informed, line by line; numbers in groups, as they are read out and typed.
import type { Output } from '../../../services/api'

export interface IdentityLine {
  name: string
  text: string
}

const grouped = (digits: string): string => digits.replace(/(\S{4})(?=\S)/g, '$1 ')

export const linesOf = ({ name, phone, idNumber, bank, hasWechat }: Output<'tip.identity'>): IdentityLine[] => [
  { name: '姓名', text: name },
  { name: '电话', text: phone ?? '没有留' },
  { name: '身份证', text: idNumber ?? '没有留' },
  ...(bank
    ? [
        { name: '户名', text: bank.holder },
        { name: '开户行', text: bank.bankName },
        { name: '账号', text: grouped(bank.account) },
      ]
    : []),
  { name: '微信', text: hasWechat ? '可以微信收款' : '没有绑定微信，只能银行转账' },
]
