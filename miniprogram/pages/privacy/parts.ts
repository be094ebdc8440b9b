// What is kept of a person, why, and who sees it: in plain words. Change it together with the server's `ownData.ts`.

export const kept = [
  {
    title: '微信身份',
    text: '用来认出是您在用，不用设密码。我们看不到您的微信号、头像和好友。',
  },
  {
    title: '称呼和手机号',
    text: '您填了才有。承办人用来联系您；其他人看到的手机号中间四位是星号。不绑手机号也能提诉求。',
  },
  {
    title: '所在企业和职务',
    text: '您申请加入企业时填的，用来核实您能看哪家企业的项目和诉求。',
  },
  {
    title: '诉求、留言、评价和附件',
    text: '办理要用。只有承办单位和您企业已核实的成员看得到；投诉不会转给被投诉的人和单位。',
  },
  {
    title: '上门服务的答复、评价和签名',
    text: '证明服务过。上门服务不是检查，这些记录不用于检查和处罚。',
  },
  {
    title: '照片的时间和位置',
    text: '您在拍照时同意才保留，不同意就去掉。',
  },
] as const

export const uses = [
  { title: '相机和相册', text: '您点“拍照”或“选图片”时才用，只拿您选的那几张。' },
  { title: '位置', text: '只在您主动附上位置时取一次，不在后台跟踪。' },
  { title: '手机号', text: '您点“绑定”并在微信里同意后才取。' },
] as const
