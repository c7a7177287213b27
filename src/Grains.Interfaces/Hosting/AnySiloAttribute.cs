using Orleans.CodeGeneration;

namespace Scoring.Hosting;

/// <summary>
/// Marks a method of a stateless worker: the cluster's client sends its calls to the silos in turn. Without it the client binds a grain to
/// one silo as long as that silo is in the cluster, a stateless worker too, so that all calls of a gateway reach the same silo.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[InvokableCustomInitializer(nameof(IRequest.AddInvokeMethodOptions), InvokeMethodOptions.Unordered)]
public sealed class AnySiloAttribute : Attribute;
