// Every reason for which a file is not taken, with the status of the answer and the sentence that says what to do.

export const FILE_REFUSALS = {
  notMultipart: { status: 415, title: '请在页面里点「添加文件」上传，不要用其他方式发送' },
  malformed: { status: 400, title: '上传的内容不完整，请重新上传' },
  interrupted: { status: 400, title: '上传中断了，请在信号好的地方重新上传' },
  stalled: { status: 408, title: '很久没有收到内容，请在信号好的地方重新上传' },
  fileTooLarge: { status: 413, title: '文件超过 10 MB，请压缩后再传，或拆成几个文件' },
  fileMissing: { status: 422, title: '没有收到文件，请选择一个文件再上传' },
  fileEmpty: { status: 422, title: '文件是空的，请检查后重新选择' },
  tooManyFiles: { status: 422, title: '一次只能传一个文件，请逐个上传' },
  unknownField: { status: 422, title: '上传里有不认识的内容，请更新小程序后再试' },
  badKeepPlace: { status: 422, title: '「保留拍摄时间和地点」只能选是或否，请重新选择' },
  badDiscreet: { status: 422, title: '「匿名上传」只能选是或否，请更新小程序后再试' },
  onlyPhotos: { status: 415, title: '文件里可能带有您的姓名，为保护您，举报只收照片（JPG、PNG、WebP），请拍照或截图' },
  heic: {
    status: 415,
    title:
      '暂不支持苹果手机的 HEIC 照片。请在「设置 → 相机 → 格式」里选「兼容性最佳」后重拍，或在微信里不勾选「原图」发送，再上传收到的照片。',
  },
  macros: { status: 415, title: '文件里带有宏，不能接收。请另存为不带宏的 .docx 或 .xlsx，或转成 PDF 再上传。' },
  locked: { status: 422, title: '文件设了密码，办理人员看不到内容。请取消密码、另存一份后再上传。' },
  unpacksTooLarge: { status: 422, title: '文件展开后太大，不能接收。请删去多余的图片或表格，或转成 PDF 再上传。' },
  broken: { status: 422, title: '文件打不开，可能已损坏。请在电脑或手机上打开确认后，另存一份再上传。' },
  tooManyPixels: { status: 422, title: '照片超过 5000 万像素，请在相机里调低分辨率，或截图后再上传' },
  unsupported: { status: 415, title: '只接收照片（JPG、PNG、WebP）、PDF、Word 和 Excel 文件，请转换后再上传' },
} as const satisfies Record<string, { status: number; title: string }>

export type FileRefusalReason = keyof typeof FILE_REFUSALS

export interface FileRefusal {
  isAccepted: false
  reason: FileRefusalReason
  status: number
  title: string
}

export function refuse(reason: FileRefusalReason): FileRefusal {
  return { isAccepted: false, reason, ...FILE_REFUSALS[reason] }
}
