// Shows the API in the page that names its document.
const place = document.getElementById("api");
SwaggerUIBundle({
  url: place.dataset.openapi,
  domNode: place,
  deepLinking: true,
  // Asking another host whether the document is right would tell it who reads here.
  validatorUrl: null,
});
