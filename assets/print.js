// The one press of the page of a printed day.
document.getElementById("print").addEventListener("click", function () { window.print(); });
