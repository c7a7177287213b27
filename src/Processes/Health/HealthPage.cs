using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Scoring.Health;

/// <summary>The page about a process's health for its operator: as JSON, and as text. It names no person and no secret.</summary>
/// <param name="process">The process.</param>
/// <param name="reports">The results of its checks.</param>
/// <param name="time">The machine's clock.</param>
internal sealed class HealthPage(ProcessIdentity process, HealthReports reports, TimeProvider time)
{
    /// <summary>People read it, and it is never a part of a page, so signs as <c>+</c> and <c>'</c> stay as they are.</summary>
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string Version =
        (Assembly.GetEntryAssembly() ?? typeof(HealthPage).Assembly).GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "unknown";

    /// <summary>Returns the page as JSON.</summary>
    public string Json(HealthReport report)
    {
        var checks = new JsonArray();
        foreach (var check in reports.Checks) checks.Add(Json(check, report.Entries[check.Name]));
        return new JsonObject
        {
            ["status"] = Word(report.Status),
            ["process"] = process.Name,
            ["version"] = Version,
            ["at"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["upSeconds"] = (long)Stopwatch.GetElapsedTime(process.StartedAt).TotalSeconds,
            ["checks"] = checks,
        }.ToJsonString(Readable);
    }

    /// <summary>Returns the page as text.</summary>
    public string Text(HealthReport report)
    {
        var text = new StringBuilder($"{process.Name} {Version} is {Word(report.Status)}\n\n");
        var width = reports.Checks.Max(check => check.Name.Length);
        foreach (var check in reports.Checks)
        {
            var entry = report.Entries[check.Name];
            text.Append(CultureInfo.InvariantCulture, $"{Word(entry.Status),-9}  {check.Name.PadRight(width)}  {entry.Description}\n");
            if (entry.Status == HealthStatus.Healthy) continue;
            text.Append(CultureInfo.InvariantCulture, $"{"",-9}  {"".PadRight(width)}  {check.Advice} ({check.Page})\n");
        }
        return text.ToString();
    }

    private static JsonObject Json(CheckDescription check, HealthReportEntry entry)
    {
        var json = new JsonObject
        {
            ["name"] = check.Name,
            ["status"] = Word(entry.Status),
            ["found"] = entry.Description,
            ["milliseconds"] = Math.Round(entry.Duration.TotalMilliseconds, 1),
            ["decidesReadiness"] = check.Obstacle is not null,
        };
        if (entry.Status == HealthStatus.Healthy) return json;
        json["advice"] = check.Advice;
        json["page"] = check.Page;
        return json;
    }

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();
}
