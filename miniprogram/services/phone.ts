// Calls a number, where what is written is one: a field may also say 以窗口公布为准.

export const isNumber = (phone: string | null | undefined): phone is string => /^[\d+\-() ]{5,40}$/.test(phone ?? '')

export function dial(phone: string): void {
  // Who puts the phone away again has not failed.
  wx.makePhoneCall({ phoneNumber: phone.replace(/[^\d+]/g, ''), fail: () => undefined })
}
