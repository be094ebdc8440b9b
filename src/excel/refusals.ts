/** Why a workbook is not read at all, said so that whoever sent it knows what to do. */
export const REFUSALS = {
  notExcel: '请选择 Excel 文件（.xlsx）。',
  oldExcel: '这是旧格式的 .xls 文件。请在 Excel 里“另存为”.xlsx 格式，再导入。',
  macros: '文件里带有宏，不能导入。请另存为不带宏的 .xlsx，再导入。',
  locked: '文件设了密码。请在 Excel 里取消密码，另存后再导入。',
  broken: '文件打不开，可能已损坏。请在电脑上打开确认后另存一份，再导入。',
  tooLarge: '文件展开后太大，不像要导入的表格。请删去图片和多余的表，把要导入的内容复制到一个新文件里再导入。',
  tooManyRows: '一次最多导入 20000 行，请分几次导入。',
  emptyRows: '表里有大量空行。请选中表格下面的空行，删除后保存，再导入。',
  noTable: '没有找到台账的表头。表头里至少要有“项目名称”和“建设单位”两栏。',
  noLeads: '没有找到线索的表头。表头里至少要有“企业名称”和“污染物”两栏。',
  noLines: '表头下面没有内容。',
  tooSlow: '文件太复杂，读了很久没有读完。请把要导入的内容复制到一个新文件里再导入。',
} as const

export type RefusalReason = keyof typeof REFUSALS

/** Thrown while a workbook is read: nothing is wrong with us. */
export class WorkbookRefused extends Error {
  constructor(readonly reason: RefusalReason) {
    super(REFUSALS[reason])
    this.name = 'WorkbookRefused'
  }
}
