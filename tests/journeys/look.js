// What the walk reads of a page at one width: what is wrong in any case, how far it is wider than the window, and the
// shape of its two parts, the frame and what stands in it. The shape is all that axe judges by, but not the words and the
// colours: elements with their attributes, what refers to what, what is shown, what is empty, too small to hit or scrolls,
// and which names are the same. Where a translation is empty, or names two landmarks alike, the shape is another.
language => {
  const NAMES = ["aria-label", "aria-description", "alt", "title", "placeholder", "value", "content"];
  const REFERENCES = ["id", "for", "form", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls",
    "aria-owns", "aria-details", "aria-errormessage", "aria-activedescendant"];
  const KEPT = ["class", "role", "type", "scope", "lang", "tabindex", "style", "colspan", "rowspan", "autocomplete"];
  const CHOSEN = "aria-pressed"; // on the button of the language
  const TARGETS = "a, button, input, select, textarea, summary";
  const numbered = () => {
    const known = new Map();
    return word => known.has(word) ? known.get(word) : (known.set(word, known.size), known.size - 1);
  };
  const shapeOf = roots => {
    const nameNumber = numbered(), idNumber = numbered();
    const attribute = ({ name, value }) => {
      if (NAMES.includes(name)) return `${name}=${value.trim() ? nameNumber(value.trim()) : "empty"}`;
      if (REFERENCES.includes(name)) return `${name}=${value.split(/\s+/).map(idNumber)}`;
      return KEPT.includes(name) || name.startsWith("aria-") ? `${name}=${value}` : name;
    };
    const small = element => {
      if (!element.matches(TARGETS) || getComputedStyle(element).display === "inline") return false; // in a text
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && Math.min(width, height) < 24;
    };
    const marks = element => [
      element.checkVisibility({ visibilityProperty: true }) ? "" : "hidden",
      element.textContent.trim() ? "" : "empty",
      small(element) ? "small" : "",
      element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX !== "visible" ? "scrolls" : "",
    ].filter(Boolean);
    const shape = element => {
      if (element.matches("option, script, svg *")) return "";
      const attributes = [...element.attributes].filter(one => one.name !== CHOSEN).map(attribute).sort();
      return `<${element.localName} ${attributes} ${marks(element)}>${[...element.children].map(shape).join("")}</>`;
    };
    return roots.map(shape).join("");
  };
  const cutOff = wrap => getComputedStyle(wrap).overflowX === "clip" && wrap.scrollWidth > wrap.clientWidth;
  const root = document.documentElement, [main] = document.getElementsByTagName("main");
  return {
    faults: [
      root.outerHTML.includes("&lt;span") ? "markup shown as text" : "",
      root.lang.startsWith(language) ? "" : "in another language",
      document.title.trim() ? "" : "without a title",
      [...document.querySelectorAll(".table-wrap")].some(cutOff) ? "a table is cut off" : "",
    ].filter(Boolean),
    axe: "axe" in window,
    wider: root.scrollWidth - window.innerWidth,
    frame: shapeOf([...document.body.children].filter(part => part !== main)),
    main: main ? shapeOf([main]) : "",
  };
}
