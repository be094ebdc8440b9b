// The server's contract, as types only: nothing of it is carried into the mini-program.
import type { Api, contract, Verb } from '../../src/contract.js'

export type { Verb }
export type Input<V extends Verb> = Api[V]['input']
export type Output<V extends Verb> = Api[V]['output']
export type ItemOf<V extends Verb> = Output<V> extends { items: (infer Item)[] } ? Item : never

type Kind<V extends Verb> = (typeof contract)[V]['kind']
export type QueryVerb = { [V in Verb]: Kind<V> extends 'query' ? V : never }[Verb]

export type Me = Output<'session.me'>
export type CaseView = Output<'case.read'>
export type CaseItem = ItemOf<'case.list'>
export type GuideView = Output<'guide.read'>
export type ProjectView = Output<'project.read'>
export type ProjectItem = ItemOf<'project.list'>
export type VisitView = Output<'visit.read'>
export type VisitItem = ItemOf<'visit.list'>
export type FileView = CaseView['files'][number]
export type Words = Output<'words.read'>
