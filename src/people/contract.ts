/** Logging in, oneself, one's enterprises, and the staff roster. */
import { z } from 'zod'
import {
  command,
  date,
  districtCode,
  done,
  id,
  instant,
  line,
  nothing,
  pageOf,
  paging,
  query,
  searchText,
  version,
} from '../wire.js'
import { staffRoles } from './roles.js'

const role = z.enum(staffRoles)
export const category = z.enum([
  'siteSelection',
  'zoneControl',
  'industryAccess',
  'policyGuidance',
  'procedure',
  'reform',
  'assessment',
  'consultation',
  'complaint',
  'suggestion',
])
export type Category = z.infer<typeof category>

export const unitName = z.strictObject({ id: z.string(), name: z.string() })
const unit = unitName.extend({
  kind: z.enum(['office', 'branch', 'group']),
  /** Whose expert group it is (技术帮扶); null for every other unit. */
  parentId: z.string().nullable(),
  districtCodes: z.array(z.string()),
  phone: z.string().nullable(),
  isConfirmed: z.boolean(),
})
export const enterpriseName = z.strictObject({ id, name: z.string(), creditCode: z.string() })
/** Refused by who decides; left by the person. */
export const membershipState = z.enum(['pending', 'verified', 'refused', 'left'])
const membership = z.strictObject({
  id,
  enterprise: enterpriseName.extend({ districtCode: z.string().nullable() }),
  title: z.string().nullable(),
  state: membershipState,
  version,
})
/** A post's absence of today, or else its next. */
const ownAbsence = z.strictObject({
  id,
  fromOn: date,
  toOn: date,
  standIn: z.strictObject({ postId: id, name: z.string() }),
})
const me = z.strictObject({
  id,
  name: z.string().nullable(),
  /** Masked: 138****5678. */
  phone: z.string().nullable(),
  posts: z.array(
    z.strictObject({
      id,
      role,
      name: z.string(),
      title: z.string().nullable(),
      unit: unitName,
      standsInFor: z.array(z.strictObject({ postId: id, name: z.string() })),
      absence: ownAbsence.nullable(),
    }),
  ),
  enterprises: z.array(membership),
  /** Notices not yet read. */
  unread: z.int().min(0),
})
const staff = z.strictObject({
  id,
  role,
  unit: unitName,
  name: z.string(),
  title: z.string().nullable(),
  workPhone: z.string().nullable(),
  handles: z.array(category).nullable(),
  isDuty: z.boolean(),
  isActive: z.boolean(),
  isBound: z.boolean(),
  /** Cases in hand that are not over. */
  openCases: z.int().min(0),
  /** The last day of the absence that holds today; null for who is here. */
  awayUntil: date.nullable(),
  version,
})
const absence = z.strictObject({
  id,
  postId: id,
  name: z.string(),
  standIn: z.strictObject({ postId: id, name: z.string() }),
  fromOn: date,
  toOn: date,
  isCancelled: z.boolean(),
  version,
})

const someId = '01970000-0000-7000-8000-000000000001'
const mobile = z
  .string()
  .trim()
  .regex(/^1[3-9]\d{9}$/, '请填写11位手机号')
const phoneOrLandline = z
  .string()
  .trim()
  .regex(/^[\d+\-() ]{5,40}$/, '请填写电话号码')

export const peopleContract = {
  'session.login': command({
    summary: '微信登录，换取令牌',
    input: z.strictObject({ code: line(200) }),
    output: z.strictObject({ token: z.string(), expiresAt: instant, me }),
    example: { code: 'demo:enterprise' },
  }),
  'session.me': query({ summary: '我是谁', input: nothing, output: me, example: {} }),
  'session.logout': command({ summary: '退出登录，令牌立即失效', input: nothing, output: done, example: {} }),
  'person.update': command({
    summary: '填写称呼',
    input: z.strictObject({ name: line(40) }),
    output: me,
    example: { name: '王女士' },
  }),
  'person.bindPhone': command({
    summary: '绑定手机号（名册上的手机号会带来岗位）',
    input: z.strictObject({ code: line(200) }),
    output: me,
    example: { code: 'phone:13800000001' },
  }),
  'person.export': query({
    summary: '导出我的全部数据',
    input: nothing,
    output: z.strictObject({ exportedAt: instant, sections: z.record(z.string(), z.unknown()) }),
    example: {},
  }),
  'person.erase': command({
    summary: '注销并删除我的个人信息（办件记录保留，但不再能看出是谁）',
    input: z.strictObject({ confirm: z.literal('注销') }),
    output: done,
    example: { confirm: '注销' },
  }),
  'enterprise.join': command({
    summary: '加入企业（等待核实）',
    input: z.strictObject({
      creditCode: z.string().max(40),
      name: line(100).optional(),
      districtCode: districtCode.optional(),
      title: line(40).optional(),
    }),
    output: membership,
    example: { creditCode: '91210100DEMA000015', name: '演示·某某有限公司', districtCode: '210106', title: '环保专员' },
  }),
  'enterprise.mine': query({
    summary: '我加入的企业',
    input: nothing,
    output: z.strictObject({ items: z.array(membership) }),
    example: {},
  }),
  'enterprise.leave': command({
    summary: '退出企业',
    input: z.strictObject({ id }),
    output: done,
    example: { id: someId },
  }),
  'enterprise.search': query({
    summary: '按名称开头或信用代码查找企业',
    input: z.strictObject({ q: searchText.optional(), ...paging }),
    output: pageOf(enterpriseName.extend({ districtCode: z.string().nullable() })),
    example: { q: '演示' },
  }),
  'enterprise.members': query({
    summary: '等待核实的企业成员',
    input: z.strictObject({ state: membershipState.default('pending'), ...paging }),
    output: pageOf(
      membership.extend({
        personName: z.string().nullable(),
        phone: z.string().nullable(),
        /** False while the firm's name is only what somebody who asked to join has said. */
        isNameConfirmed: z.boolean(),
      }),
    ),
    example: { state: 'pending' },
  }),
  'enterprise.verifyMember': command({
    summary: '核实企业成员',
    input: z.strictObject({
      id,
      version: version.optional(),
      isMember: z.boolean().default(true),
      /** Corrects the name that somebody gave a firm when it was new; for the clerk. */
      name: line(100).optional(),
    }),
    output: membership,
    example: { id: someId, isMember: true },
  }),
  'unit.list': query({
    summary: '分局与处室',
    input: nothing,
    output: z.strictObject({ items: z.array(unit) }),
    example: {},
  }),
  'staff.list': query({
    summary: '人员名册',
    input: z.strictObject({
      unitId: line(36).optional(),
      role: role.optional(),
      q: searchText.optional(),
      isActive: z.boolean().optional(),
      ...paging,
    }),
    output: pageOf(staff),
    example: { role: 'officer' },
  }),
  'staff.save': command({
    summary: '新增或修改岗位',
    input: z.strictObject({
      id: id.optional(),
      version: version.optional(),
      role,
      unitId: line(36),
      name: line(40),
      title: line(40).nullable().optional(),
      phone: mobile.optional(),
      workPhone: phoneOrLandline.nullable().optional(),
      handles: z.array(category).nullable().optional(),
      isDuty: z.boolean().optional(),
      isActive: z.boolean().optional(),
    }),
    output: staff,
    example: { role: 'officer', unitId: 'tiexi', name: '演示专员', phone: '13900000001' },
  }),
  'staff.absences': query({
    summary: '今天起的外出和替岗',
    input: z.strictObject({ postId: id.optional(), ...paging }),
    output: pageOf(absence),
    example: {},
  }),
  'staff.setAbsence': command({
    summary: '登记外出并指定替岗人，或取消',
    input: z.strictObject({
      id: id.optional(),
      postId: id.optional(),
      standInPostId: id.optional(),
      fromOn: date.optional(),
      toOn: date.optional(),
      cancel: z.boolean().optional(),
    }),
    output: absence,
    example: { postId: someId, standInPostId: someId, fromOn: '2026-11-24', toOn: '2026-11-26' },
  }),
}
