using Scoring.Client;

namespace Scoring.Contests;

/// <summary>Finds an undecided case in the queue, which is no access to its entry.</summary>
internal static class UndecidedCases
{
    private const int PageSize = 500;
    private const int PagesMax = 20;

    /// <summary>Returns a case; <see langword="null"/> when it is decided, unknown, or past the first 10,000 of the queue.</summary>
    public static async Task<CaseView?> Find(CasesClient cases, string name, CancellationToken cancellationToken)
    {
        string? after = null;
        for (var pages = 0; pages < PagesMax; pages++)
        {
            var page = await cases.List(after, PageSize, cancellationToken);
            if (page.Contests.FirstOrDefault(contest => contest.Case == name) is { } found) return found;
            if (page.After is null) return null;
            after = page.After;
        }
        return null;
    }
}
