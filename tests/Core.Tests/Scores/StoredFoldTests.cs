using System.Text.Json.Nodes;
using Scoring.Ledger;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

/// <summary>
/// Tests folds that an earlier version saved. Silos of two versions read each other's snapshots during a rolling upgrade, so the bytes of a
/// fold version never change. A change of the form needs a new <see cref="FoldState.FoldVersion"/> and new bytes here.
/// </summary>
public sealed class StoredFoldTests
{
    // Version and turn; four sums of a day and a rule; one correction; one contest with its extended due day and its suspended points.
    private const string Known =
        "0208" + "04a3902d00322800320001e2ffffffffffffffff01010000" + "0105cc902d" + "0103cb902de4902d010101e2ffffffffffffffff01";

    private static readonly DateOnly Due = Cases.Today.AddDays(10);

    /// <summary>The snapshots are of real histories; some have a correction or open contests.</summary>
    [Fact]
    public void Stored_snapshots_are_read_and_saved_again_with_the_same_bytes()
    {
        var snapshots = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Scores", "Stored", "snapshots.json")))!;
        snapshots.AsArray().Count.ShouldBeGreaterThan(2);
        foreach (var snapshot in snapshots.AsArray())
        {
            ((int)snapshot!["foldVersion"]!).ShouldBe(FoldState.FoldVersion);
            var state = FoldState.Load(Convert.FromHexString((string)snapshot["state"]!));
            state.Turn.ShouldBe((long)snapshot["turn"]!);
            Convert.ToHexStringLower(state.Save()).ShouldBe((string)snapshot["state"]!);
        }
    }

    [Fact]
    public void A_fold_of_known_entries_is_saved_with_known_bytes()
    {
        var earned = Cases.Trip(2, Cases.Today);
        var corrected = Cases.Trip(5, Cases.Today.AddDays(1));
        var harm = HistoryMaker.Entry(
            3, EntryKind.Event, Cases.Today, HistoryMaker.Event(World.Parked.Name, new JsonObject { ["hours"] = 3 }));
        var world = Cases.With(
            [Cases.Rule(50, 100, 200), Cases.Rule(-30, 100, 200, id: "parked") with { EventType = World.Parked.Name }],
            earned, harm, HistoryMaker.Contest(harm, 4, Cases.Today, Due), corrected,
            HistoryMaker.Correction(corrected, 6, Cases.Today.AddDays(2)), HistoryMaker.Extension(harm, 7, Due, Due.AddDays(15)),
            Cases.Trip(8, Cases.Today.AddDays(-40)));
        Convert.ToHexStringLower(World.Fold(world.Entries, world.Rules).Save()).ShouldBe(Known);
    }
}
