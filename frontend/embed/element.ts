/** What `/embed.js` brings to a host's page: two elements, and no name besides. */
import { WizardElement } from "./element_wizard.ts";
import { TeaserElement } from "./teaser.ts";

const ELEMENTS: Record<string, CustomElementConstructor> = {
  "my-dimoslive": WizardElement,
  "my-dimoslive-next": TeaserElement,
};

// The script may stand on a page twice.
for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
