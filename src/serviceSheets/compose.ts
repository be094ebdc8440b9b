/** What stands on a project's service sheet today: a pure reading of the ledger, the guide and the bureau's rules. */
import { districts } from '../districts.js'
import { certainTracks } from '../paths/ofProject.js'
import type { PathTables } from '../paths/tables.js'
import type { ApprovalRules } from '../projects/approvalRules.js'
import { careDuty } from '../projects/care.js'
import type { Project } from '../projects/project.js'
import type { DocumentType } from '../projects/words.js'
import type { Calendar } from '../calendar/workdays.js'
import { type GuideContent, isUnconfirmed, UNCONFIRMED_LABEL } from '../guides/content.js'
import { basisOn, type Laws } from '../guides/laws.js'
import { words } from '../words/words.js'
import type { SheetContent } from './contract.js'
import type { SheetRules } from './rules.js'

export type NamedOfficer = SheetContent['officers'][number]

export interface Sources {
  project: Project
  /** The published guide of its document type. */
  guide: GuideContent | undefined
  officers: NamedOfficer[]
  rules: SheetRules
  laws: Laws
  paths: PathTables
  approval: ApprovalRules
  calendar: Calendar
  today: string
  note: string | null
  withPackage: boolean
}

/** 生态环境法典第九十五条: 生态环境影响报告书、报告表、登记表. */
const documentTitles: Readonly<Record<DocumentType, string>> = {
  report: '生态环境影响报告书',
  form: '生态环境影响报告表',
  registration: '生态环境影响登记表',
  none: '无需办理环评手续',
}
/** The law's 「日」 stays 「日」. */
const units = { workday: '个工作日', day: '日' } as const

export function composeSheet(sources: Sources): SheetContent {
  const { project, guide, officers, rules, paths, approval, today, note, withPackage } = sources
  return {
    project: {
      name: project.name,
      code: project.projectCode,
      builder: project.builderName,
      place: placeOf(project),
      scale: project.scale,
    },
    document: documentOf(sources),
    windows: windowsOf(guide),
    materials: (guide?.materials ?? []).map(({ name, form, copies, source }) => ({
      name,
      detail: `${words.materialForms[form]}${copies > 0 ? ` ${copies} 份` : ''}，${source}`,
    })),
    times: timesOf(sources),
    steps: (guide?.steps ?? []).map(({ name, who, clock, limit }) => ({
      name,
      who: words.stepActors[who],
      clock: words.stepClocks[clock],
      limit: limit ? `${limit.value}${units[limit.unit]}` : '',
    })),
    tracks: certainTracks(paths, {
      classNames: [project.classMinor, project.classMajor],
      document: project.documentType,
      districtCode: project.districtCode,
      situations: project.greenChannel === null ? [] : [project.greenChannel],
      today,
    }).map(({ title, reason }) => ({ title, reason })),
    duty: careDuty(approval, project.careLevel),
    measures: [...rules.measures[project.careLevel], ...rules.measures.all],
    officers,
    complaints: (guide?.hotlines ?? []).map(({ name, phone }) => ({ name, phone })),
    reminders: (guide?.noConnections ?? []).slice(0, 2),
    note,
    package: withPackage
      ? {
          policies: rules.policies,
          samples: (guide?.materials ?? []).flatMap(({ name, sampleNote }) =>
            sampleNote === undefined ? [] : [{ name, note: sampleNote }],
          ),
          questions: (guide?.faq ?? []).map(({ q, a }) => ({ q, a })),
        }
      : null,
  }
}

function placeOf({ districtCode, park }: Project): string | null {
  const district = districts.find(({ code }) => code === districtCode)?.name
  const parts = [district, park].filter((part) => part !== undefined && part !== null)
  return parts.length === 0 ? null : parts.join(' ')
}

function documentOf({ project, guide, laws, today }: Sources): SheetContent['document'] {
  const { documentType, approvalUnit } = project
  if (documentType === null) return null
  const basis = guide && basisOn(guide.basis, laws, today).find((one) => one.role === 'primary' && one.isInForce)
  return {
    title: documentTitles[documentType],
    basis: basis ? `《${basis.law.title}》${basis.article}` : null,
    authority: approvalUnit ?? guide?.authority.name ?? UNCONFIRMED_LABEL,
  }
}

function windowsOf(guide: GuideContent | undefined): SheetContent['windows'] {
  return (guide?.channels ?? []).map(({ name, url, address, phone, hours }) => {
    const known = [url, address, phone && `电话 ${phone}`, hours].filter((part) => part !== undefined && part !== '')
    const isOpen = known.some((part) => part?.includes(UNCONFIRMED_LABEL))
    return { name, detail: isOpen ? `地址、电话、时间${UNCONFIRMED_LABEL}` : known.join('，') }
  })
}

function timesOf({ project, guide, calendar, today }: Sources): SheetContent['times'] {
  if (!guide || guide.promise.workdays === undefined) return null
  const { promise, legal } = guide
  const days = promise.isImmediate ? 1 : (promise.workdays ?? 1)
  const from = project.plannedSubmitOn !== null && project.plannedSubmitOn > today ? project.plannedSubmitOn : today
  const due = calendar.addWorkdays(from, days)
  const doubt = promise.confirmed && !isUnconfirmed(guide, 'promise') ? '' : `（${UNCONFIRMED_LABEL}）`
  return {
    promise: `${days}个工作日${doubt}`,
    legal:
      legal.value === undefined || legal.unit === undefined
        ? legal.source
        : `${legal.value}${units[legal.unit]}（${legal.source}）`,
    from,
    promisedOn: due.date,
    isProvisional: due.isProvisional,
  }
}
