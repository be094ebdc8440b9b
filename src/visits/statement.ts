/** What every firm is told with every visit, in the same words. */

/** 国办发〔2024〕54号: 严禁以观摩、督导等名义变相检查. */
export const nature = '这是上门服务，不是检查：不取证、不处罚、不收费。'

/** With an offer, and wherever a firm may still decline. */
export const statement = `${nature}您可以谢绝，谢绝不影响任何办件。`
