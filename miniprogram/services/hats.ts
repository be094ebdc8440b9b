// In which capacity somebody uses the mini-program: what the tabs are called and what the first one shows.
import type { Me } from './api'

export type Hat = 'enterprise' | 'officer' | 'enforcement' | 'tips' | 'supervisor' | 'clerk' | 'admin'
type Role = Me['posts'][number]['role']

export interface Tab {
  path: 'pages/home/index' | 'pages/guides/index' | 'pages/cases/index' | 'pages/projects/index' | 'pages/me/index'
  text: string
  icon: string
}

/** A leader sees what a supervisor sees, limited to the branch by the server. */
const hatOfRole: Record<Role, Hat> = {
  officer: 'officer',
  leader: 'supervisor',
  supervisor: 'supervisor',
  clerk: 'clerk',
  admin: 'admin',
  enforcer: 'tips',
  rewardHandler: 'tips',
  rewardApprover: 'tips',
}

const guides: Tab = { path: 'pages/guides/index', text: '指南', icon: 'book-open' }
const projects: Tab = { path: 'pages/projects/index', text: '项目', icon: 'city' }
const me: Tab = { path: 'pages/me/index', text: '我的', icon: 'user' }
const cases: Tab = { path: 'pages/cases/index', text: '诉求', icon: 'chat' }

export const tabsOfHat: Record<Hat, Tab[]> = {
  enterprise: [{ path: 'pages/home/index', text: '首页', icon: 'home' }, guides, cases, projects, me],
  officer: [{ path: 'pages/home/index', text: '工作台', icon: 'root-list' }, cases, projects, guides, me],
  // Enforcement is told of approvals; the visits of the officers are not its business.
  enforcement: [{ path: 'pages/home/index', text: '首页', icon: 'home' }, cases, guides, me],
  // Who handles tips and rewards has no part in requests and projects.
  tips: [{ path: 'pages/home/index', text: '工作台', icon: 'root-list' }, guides, me],
  supervisor: [
    { path: 'pages/home/index', text: '看板', icon: 'chart' },
    cases,
    { ...projects, text: '台账' },
    guides,
    me,
  ],
  clerk: [{ path: 'pages/home/index', text: '首页', icon: 'home' }, { ...projects, text: '台账' }, guides, me],
  admin: [{ path: 'pages/home/index', text: '首页', icon: 'home' }, guides, me],
}

/** 市执法队. */
const ENFORCEMENT = 'enforcement'
const CHOSEN = 'hat.role'

/** The roles of the person's posts, each once, and 企业 for everybody. */
export function rolesOf(me: Me | null): (Role | 'enterprise')[] {
  return [...new Set([...(me?.posts ?? []).map(({ role }) => role), 'enterprise' as const])]
}

/** The role chosen on this phone if the person still has it, else the first. */
export function currentRole(me: Me | null): Role | 'enterprise' {
  const roles = rolesOf(me)
  const chosen = wx.getStorageSync<Role | 'enterprise'>(CHOSEN)
  return roles.includes(chosen) ? chosen : (roles[0] ?? 'enterprise')
}

export function chooseRole(role: Role | 'enterprise'): void {
  wx.setStorageSync(CHOSEN, role)
}

export function currentHat(me: Me | null): Hat {
  const role = currentRole(me)
  if (role === 'enterprise') return 'enterprise'
  const units = (me?.posts ?? []).filter((post) => post.role === role).map(({ unit }) => unit.id)
  return role === 'officer' && units.every((id) => id === ENFORCEMENT) ? 'enforcement' : hatOfRole[role]
}
