using Scoring.Hosting;

namespace Scoring.Audit;

/// <summary>What an auditor does in the console, step by step.</summary>
internal static class AuditVisit
{
    /// <summary>The development issuer's auditor.</summary>
    public const string Auditor = "auditor";

    /// <summary>Signs in as the auditor and opens a case. Returns its name.</summary>
    public static async Task<string> OpenCase(this Visitor visitor, string purpose = "complaint")
    {
        await visitor.SignIn(Auditor, "/audit");
        return await visitor.OpenCase("safe-driver", purpose, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Opens a case about a programme, on the page of cases. Returns its name.</summary>
    public static async Task<string> OpenCase(this Visitor visitor, string programme, string purpose, DateTimeOffset now)
    {
        await visitor.Page.Locator("select[name=programme]").SelectOptionAsync(programme);
        await visitor.Page.Locator($"input[name=purpose][value={purpose}]").CheckAsync();
        await visitor.Page.Locator("input[name=until]").FillAsync(
            now.AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await visitor.Follow("form:has(select[name=programme]) button[type=submit]");
        (await visitor.Page.Locator(".notice.good").CountAsync()).ShouldBe(1, await visitor.Main());
        return visitor.Page.Url.Split("case=")[1];
    }

    /// <summary>Fills the form for a history in and sends it.</summary>
    public static async Task Look(this Visitor visitor, string caseName, string by, string name, string state = "now", string value = "")
    {
        await visitor.Open($"/audit/histories?case={caseName}");
        await visitor.Page.Locator($"input[name=by][value={by}]").CheckAsync();
        await visitor.Page.Locator("#name").FillAsync(name);
        await visitor.Page.Locator($"input[name=as-of][value={state}]").CheckAsync();
        await visitor.Page.Locator("#as-of-value").FillAsync(value);
        await visitor.Follow("form.page button[type=submit]");
    }

    /// <summary>Returns who looked, as the participant sees it.</summary>
    public static async Task<IReadOnlyList<Client.AccessView>> Looks(this EnrolledSubject subject) =>
        (await subject.Calls.ReadLooks()).Looks;
}
