// All that is known of an application at the window: where it stands, its materials, what was told, and the days.
import { openSubject } from '../../services/subjects'
import type { factsOf } from '../../services/applicationWords'

Component({
  properties: {
    /** Of `services/applicationWords`. */
    facts: { type: Object, value: {} as ReturnType<typeof factsOf> },
    isStaff: { type: Boolean, value: false },
  },
  methods: {
    openGuide() {
      openSubject({ subjectKind: 'guide', subjectId: this.data.facts.guideId })
    },
    openProject() {
      const { project } = this.data.facts
      if (project) openSubject({ subjectKind: 'project', subjectId: project.id })
    },
    dial() {
      void wx.makePhoneCall({ phoneNumber: this.data.facts.phone })
    },
  },
})
