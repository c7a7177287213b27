using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Storage;

/// <summary>The shipped programmes and versions made from them.</summary>
internal static class Versions
{
    public static readonly DocumentSet Shipped = ProgrammeFolder.Load(Path.Combine(AppContext.BaseDirectory, "programmes"), null);

    /// <summary>A version of safe-driver: the shipped one, and later ones with the same rules.</summary>
    public static ProgrammeVersion Of(int number, DateOnly? firstDay = null, DateOnly? reviewBy = null, bool widens = false)
    {
        var shipped = Shipped.VersionsOf(Some.Programme)[0];
        var set = shipped.RuleSet with { Number = number, FirstDay = firstDay ?? shipped.RuleSet.FirstDay.AddDays(number - 1) };
        return shipped with
        {
            RuleSet = RuleSetDocument.Hashed(set),
            Assessment = shipped.Assessment with { ReviewBy = reviewBy ?? shipped.Assessment.ReviewBy },
            Widens = widens,
        };
    }

    public static NewAdminAction Act(string act, ProgrammeId? programme, Guid? key = null, ImmutableArray<string>? words = null) => new(
        key ?? Guid.NewGuid(), act, programme, "an-administrator", Some.Start, new string('c', 64), words ?? ["Something was done."], null);

    /// <summary>Registers the shipped event types and publishes the first version of safe-driver.</summary>
    public static async Task PublishFirst(this LedgerStage stage, ProgrammeVersion? version = null)
    {
        foreach (var type in Shipped.EventTypes)
            await stage.Programmes.Register(
                RegistrationKind.EventType, type.Name, EventTypeDocument.Write(type), RegistrationStatus.Registered,
                Act(AdminActions.Registered, null), CancellationToken.None);
        await stage.Programmes.Publish(version ?? Of(1), Act(AdminActions.Published, Some.Programme), CancellationToken.None);
    }
}
