/** The closed lists of the ledger's columns. */

/** 台账类别: 国家、地方、利用外资. */
export const books = ['national', 'local', 'foreign'] as const
export type Book = (typeof books)[number]

/** Who approves, seen from the bureau: 上级、本级、下级. */
export const careLevels = ['upper', 'own', 'lower'] as const
export type CareLevel = (typeof careLevels)[number]

/** 建设性质: 新建、改建、扩建、技改. */
export const natures = ['new', 'rebuild', 'expand', 'upgrade'] as const
export type Nature = (typeof natures)[number]

/** 环评类别: 报告书、报告表、登记表、无需环评. */
export const documentTypes = ['report', 'form', 'registration', 'none'] as const
export type DocumentType = (typeof documentTypes)[number]

/** 审批层级: 部、省、市、区县. */
export const approvalLevels = ['ministry', 'province', 'city', 'district'] as const
export type ApprovalLevel = (typeof approvalLevels)[number]

/** 排污许可类别: 重点管理、简化管理、登记管理、无需. */
export const permitTypes = ['key', 'simple', 'registration', 'none'] as const
export type PermitType = (typeof permitTypes)[number]

/** 绿色通道 to a third of the legal time: 大型风光电基地、节能降碳改造. */
export const greenChannels = ['windSolarBase', 'energySaving'] as const
export type GreenChannel = (typeof greenChannels)[number]
