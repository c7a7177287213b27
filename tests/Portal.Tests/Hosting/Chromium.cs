namespace Scoring.Hosting;

/// <summary>Finds and starts the machine's Chromium, which talks to this machine alone.</summary>
internal static class Chromium
{
    // The names that tools/setup.sh looks for.
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    // Playwright turns more off by --disable-features, of which Chromium takes the last one only: it is not for us to set.
    private static readonly string[] Quiet =
    [
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-domain-reliability",
        "--disable-client-side-phishing-detection", "--disable-default-apps", "--no-first-run", "--no-pings", "--disable-gpu",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--proxy-server=direct://",
    ];

    /// <summary>Starts a browser without a window.</summary>
    public static Task<IBrowser> Start(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Find(),
        // Chromium's sandbox refuses root.
        Args = Environment.UserName == "root" ? [.. Quiet, "--no-sandbox"] : Quiet,
    });

    private static string Find() =>
        (from name in Names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault()
        ?? throw new InvalidOperationException("Chromium is missing. ./test installs it with the system's package manager.");
}
