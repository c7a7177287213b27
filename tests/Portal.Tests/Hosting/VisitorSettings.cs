namespace Scoring.Hosting;

/// <summary>The browser of a visitor.</summary>
/// <param name="Language">What the browser asks for: <c>en</c> or <c>zh-CN</c>.</param>
/// <param name="IsDark">Whether it prefers dark pages.</param>
/// <param name="Width">The width of its window in CSS pixels.</param>
/// <param name="HasScript">Whether JavaScript is on.</param>
internal sealed record VisitorSettings(string Language = "en", bool IsDark = false, int Width = 1280, bool HasScript = true)
{
    /// <summary>The width of a small phone, which WCAG 1.4.10 asks for.</summary>
    public const int Phone = 320;

    private const int Height = 900;

    public BrowserNewContextOptions Options(Uri portal) => new()
    {
        BaseURL = portal.AbsoluteUri, Locale = Language, ColorScheme = IsDark ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = new ViewportSize { Width = Width, Height = Height }, JavaScriptEnabled = HasScript, AcceptDownloads = true,
    };
}
