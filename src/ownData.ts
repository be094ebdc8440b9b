/** WHAT WE KEEP OF A PERSON: one line a domain; what is not in this table is neither exported nor erased. */
import { applicationData } from './applications/applicationData.js'
import { caseData } from './cases/caseData.js'
import { excelData } from './excel/excelData.js'
import { fileData } from './files/fileData.js'
import { commentData } from './guides/commentData.js'
import { noticeData } from './notices/noticeData.js'
import type { OwnData } from './people/ownData.js'
import { membershipData } from './people/membershipData.js'
import { rewardData } from './rewards/rewardData.js'
import { serviceSheetData } from './serviceSheets/ownData.js'
import { tipData } from './tips/tipData.js'
import { visitData } from './visits/ownData.js'

export const ownData: readonly OwnData[] = [
  membershipData,
  caseData,
  applicationData,
  commentData,
  fileData,
  noticeData,
  visitData,
  serviceSheetData,
  excelData,
  tipData,
  rewardData,
]
