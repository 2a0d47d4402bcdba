// Runs before the first paint: the chosen theme and language, and a word in case the program
// does not load. Everything else is the program's.
(() => {
  "use strict";
  const html = document.documentElement;
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is switched off
    }
  };
  const theme = kept("iap.theme");
  if (theme === "light" || theme === "dark") html.dataset.theme = theme;

  const texts = {
    en: ["The application could not be loaded. Check the connection and reload.", "Reload"],
    fr: ["L’application n’a pas pu être chargée. Vérifiez la connexion et rechargez la page.", "Recharger"],
    nl: ["De toepassing kon niet worden geladen. Controleer de verbinding en laad de pagina opnieuw.", "Opnieuw laden"],
    ro: ["Aplicația nu a putut fi încărcată. Verificați conexiunea și reîncărcați pagina.", "Reîncarcă"],
    tr: ["Uygulama yüklenemedi. Bağlantıyı denetleyip sayfayı yeniden yükleyin.", "Yeniden yükle"],
  };
  const tags = [kept("iap.locale"), ...navigator.languages].map((tag) => String(tag).split("-")[0]);
  const lang = tags.find((tag) => Object.hasOwn(texts, tag)) ?? "en";
  html.lang = lang;
  // Its texts, and the part of the program that has the page, are loaded beside the program, not
  // after it.
  const [, first, second] = location.pathname.split("/");
  const has = (page) => document.querySelector(`meta[data-pages~="${CSS.escape(page)}"]`);
  const part = (has(`/${first}/${second}`) ?? has(`/${first}`))?.name.replace("file-part-", "");
  for (const name of [`texts-${lang}`, `part-${part}`, `texts-${lang}-${part}`]) {
    const file = document.querySelector(`meta[name="file-${name}"]`);
    if (!file) continue;
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: file.content });
    document.head.append(link);
  }

  const failed = (event) => {
    if (event.target?.as === "fetch") return; // without them it starts, and says what is missing
    const skeleton = document.getElementById("skeleton");
    if (!skeleton || document.getElementById("boot-failed")) return;
    const box = document.createElement("div");
    box.id = "boot-failed";
    box.className = "boot-failed";
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = texts[lang][0];
    const button = document.createElement("button");
    button.className = "button button-primary";
    button.textContent = texts[lang][1];
    button.addEventListener("click", () => location.reload());
    box.append(text, button);
    document.body.append(box);
  };
  // Errors of resources do not bubble: they are caught on their way down.
  addEventListener("error", failed, true);
  addEventListener("unhandledrejection", failed);
  // A proxy in between may forbid the loader: then no error is raised, but this is.
  addEventListener("securitypolicyviolation", failed);
  addEventListener("TrunkApplicationStarted", () => {
    removeEventListener("error", failed, true);
    removeEventListener("unhandledrejection", failed);
    removeEventListener("securitypolicyviolation", failed);
  });
})();
