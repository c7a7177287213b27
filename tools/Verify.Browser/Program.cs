// The page's worker calls BrowserVerifier. The runtime needs an entry point, and has nothing to do in it.
return 0;
