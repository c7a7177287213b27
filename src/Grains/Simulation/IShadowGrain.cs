namespace Scoring.Simulation;

/// <summary>
/// Folds a sample of one programme's subjects under each published version whose day has not come, beside the version in force, once a
/// day. Key: the programme's name, so that the whole cluster does it once.
/// </summary>
[Alias("scoring.IShadowGrain"), GrainInterfaceType("shadow")]
internal interface IShadowGrain : IGrainWithStringKey
{
    /// <summary>
    /// Looks whether something is to be done today, and does it in the background. Returns whether something is now under way.
    /// </summary>
    [Alias("Look")]
    Task<bool> Look();
}
