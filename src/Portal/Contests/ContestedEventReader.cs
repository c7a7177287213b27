using System.Globalization;
using Scoring.Client;

namespace Scoring.Contests;

/// <summary>Reads the one event that a contest is about.</summary>
internal static class ContestedEventReader
{
    /// <summary>Returns the event of a turn; <see langword="null"/> when that turn is no event, or is not there.</summary>
    public static async Task<Notice?> Find(SubjectClient subject, long turn, CancellationToken cancellationToken)
    {
        if (turn is < 1 or >= long.MaxValue) return null;
        try
        {
            // Below this place are the turns up to this one, and no administrative action.
            var page = await subject.ReadNotices(string.Create(CultureInfo.InvariantCulture, $"{turn + 1}-0"), 1, cancellationToken);
            return page.Notices is [{ Event: not null } notice] && notice.Turn == turn ? notice : null;
        }
        catch (ScoringProblemException exception) when (exception.Kind == ProblemKinds.MalformedRequest)
        {
            return null; // the turn is ahead of the last entry
        }
    }
}
