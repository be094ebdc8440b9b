/** What is known of a file whose bytes lie in the blob store: whose it is, what it belongs to, and whether it may be shown. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { FileKind } from './kinds.js'

/** What a file can belong to. */
export type FileOwnerKind = 'case' | 'visit' | 'signature' | 'project' | 'sheet' | 'excel' | 'lead' | 'tip'
/** `pending` and `held` are shown to staff only. */
export type FileReview = 'pending' | 'passed' | 'held'

@Entity('stored_file')
@Index('stored_file_owner', ['ownerKind', 'ownerId'])
@Index('stored_file_unattached', ['ownerId', 'uploadedAt'])
@Index('stored_file_uploader', ['uploadedBy'])
@Index('stored_file_hash', ['hash'])
@Index('stored_file_trace', ['traceId'])
export class StoredFile {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  /** SHA-256 of the bytes, their key in the blob store; equal files share one blob. */
  @Column('varchar', { length: 64 }) hash: string
  /** In bytes. */
  @Column('integer') size: number
  @Column('varchar', { length: 100 }) mime: string
  @Column('varchar', { length: 8 }) extension: string
  @Column('varchar', { length: 10 }) kind: FileKind
  @Column('varchar', { length: 100 }) name: string
  @Column('integer', { nullable: true }) width: number | null
  @Column('integer', { nullable: true }) height: number | null
  /** When the photo was taken, where the sender agreed to keep it. */
  @Column('datetime', { precision: 3, nullable: true }) takenAt: Date | null
  /** Where it was taken, sealed under the uploader's key. */
  @Column('text', { nullable: true }) placeSealed: string | null
  /** Null once the person was erased, and where nobody may learn whose it is. */
  @Column('varchar', { length: 36, nullable: true }) uploadedBy: string | null
  /** Proves whose it is to who attaches it, in place of `uploadedBy`; gone once it is attached. */
  @Column('varchar', { length: 64, nullable: true }) uploaderRef: string | null
  @Column('datetime', { precision: 3 }) uploadedAt: Date
  /** Null until attached; what is never attached goes after a day. */
  @Column('varchar', { length: 12, nullable: true }) ownerKind: FileOwnerKind | null
  @Column('varchar', { length: 36, nullable: true }) ownerId: string | null
  /** The line of the owner's timeline that it came with. */
  @Column('varchar', { length: 36, nullable: true }) entryId: string | null
  @Column('varchar', { length: 8 }) review: FileReview
  /** WeChat's name for its check of this picture. */
  @Column('varchar', { length: 100, nullable: true }) traceId: string | null
}
